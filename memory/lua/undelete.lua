-- ARGV: owner, kept in ms. Returns when it was last used, 0 if it is not there.
if redis.call('HGET', facts, 'owner') ~= ARGV[1] then return 0 end
redis.call('HDEL', facts, 'deleted')
keep(ARGV[2])
return redis.call('HGET', facts, 'updated')
