-- ARGV: owner, title, time, kept in ms, state, turn that is last, messages.
if redis.call('EXISTS', facts) == 1 then return is_own(ARGV[1]) and 1 or 0 end
redis.call('HSET', facts, 'owner', ARGV[1], 'title', ARGV[2], 'created', ARGV[3],
  'updated', ARGV[3], 'version', 2, 'tip', ARGV[6], 'named', 'owner')
for i = 7, #ARGV do redis.call('RPUSH', messages, ARGV[i]) end
if ARGV[5] ~= '' then redis.call('HSET', states, ARGV[6], ARGV[5]) end
keep(ARGV[4])
return 1
