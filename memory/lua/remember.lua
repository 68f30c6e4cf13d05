-- ARGV: owner, run, turn, message, state, time, kept in ms, a title or "".
-- An answer that is there already was kept by a call whose reply got lost. One whose lease ran out
-- while Redis was away is kept unless somebody else has begun since.
local run, turn, message = ARGV[2], ARGV[3], ARGV[4]
if not is_own(ARGV[1]) then return 0 end
local holder = redis.call('GET', lease)
if holder ~= run then
  if last() == message then return 1 end
  if holder or not is_unanswered(turn) then return 0 end
end
redis.call('RPUSH', messages, message)
redis.call('HSET', states, turn, ARGV[5])
redis.call('HSET', facts, 'updated', ARGV[6])
if ARGV[8] ~= '' and redis.call('HEXISTS', facts, 'named') == 0 then
  redis.call('HSET', facts, 'title', ARGV[8], 'named', 'turn')
end
keep(ARGV[7])
redis.call('DEL', lease)
return 1
