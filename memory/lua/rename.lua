-- ARGV: owner, title.
if not is_own(ARGV[1]) then return 0 end
redis.call('HSET', facts, 'title', ARGV[2], 'named', 'owner')
return 1
