-- ARGV: owner, time, how long it can be had back in ms.
if not is_own(ARGV[1]) then return 0 end
redis.call('HSET', facts, 'deleted', ARGV[2])
redis.call('DEL', lease)
keep(ARGV[3])
return 1
