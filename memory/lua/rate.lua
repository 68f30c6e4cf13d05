-- ARGV: owner, turn, what the owner thinks of its answer.
if not is_own(ARGV[1]) then return 0 end
redis.call('HSET', branches, 'thumb:' .. ARGV[2], ARGV[3])
redis.call('PEXPIRE', branches, redis.call('PTTL', facts))
return 1
