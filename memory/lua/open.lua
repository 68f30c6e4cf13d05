-- ARGV: owner, how many messages, and of a later page where it begins: among how many messages,
-- and with which turn.
if not is_own(ARGV[1]) then return {} end
local turn, upto = ARGV[4], tonumber(ARGV[3])
if turn == '' then turn, upto = tip(), redis.call('LLEN', messages) end
local texts, after, at, before = walk(turn, upto, tonumber(ARGV[2]))
local state = redis.call('HGET', states, tip()) or redis.call('GET', state_1)
return {
  redis.call('HMGET', facts, 'title', 'created', 'updated'), texts, state,
  redis.call('GET', lease), redis.call('HGETALL', branches), at, before,
}
