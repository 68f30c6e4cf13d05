-- ARGV: owner, run, turn, message without what it comes after, title, time, lease and kept in ms,
-- how many messages to recall, the turn that is said anew or "".
-- A message behind which no answer came is not kept twice when its writer sends it again.
local owner, run, turn, message = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local recalled, instead = tonumber(ARGV[9]), ARGV[10]
local is_there = redis.call('EXISTS', facts) == 1
if is_there and not is_own(owner) or not is_there and instead ~= '' then return {'gone'} end
local running = redis.call('GET', lease)
if running and running ~= run then return {'running'} end

local length, follows = redis.call('LLEN', messages), tip()
local most = instead == '' and recalled + 1 or length
local texts, after = walk(follows, length, most)
local said = texts[#texts] and cjson.decode(texts[#texts])
local again = said and said.role == 'user'
  and (running or instead == '' and said.text == cjson.decode(message).text)
if again then
  turn, follows = said.turn, after[said.turn]
  table.remove(texts)
elseif instead ~= '' then
  follows = after[instead]
  if not follows then return {'gone'} end
  while #texts > 0 and field(texts[#texts], 'turn') ~= instead do table.remove(texts) end
  while #texts > 0 and field(texts[#texts], 'turn') == instead do table.remove(texts) end
end
while #texts > recalled do table.remove(texts, 1) end
local state = redis.call('HGET', states, follows)
if not state and follows == tip() then state = redis.call('GET', state_1) end

redis.call('SET', lease, run, 'PX', ARGV[7])
if not is_there then
  redis.call('HSET', facts, 'owner', owner, 'title', ARGV[5], 'created', ARGV[6])
end
if not again then
  if instead ~= '' then
    local siblings = redis.call('HGET', branches, 'of:' .. follows) or instead
    redis.call('HSET', branches, 'of:' .. follows, siblings .. ' ' .. turn)
    redis.call('HSET', branches, 'tip:' .. instead, tip())
  end
  local begun = '{"after":' .. cjson.encode(follows) .. ','
  redis.call('RPUSH', messages, begun .. string.sub(message, 2))
  if state then redis.call('HSET', states, turn, state) end
end
redis.call('HSET', facts, 'updated', ARGV[6], 'version', 2, 'tip', turn)
keep(ARGV[8])
return {is_there and 'begun' or 'new', turn, texts, state}
