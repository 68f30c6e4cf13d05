-- What every script on a conversation begins with.
local facts, messages, states, lease, branches, state_1 = unpack(KEYS)

local function is_own(owner)
  local found = redis.call('HMGET', facts, 'owner', 'deleted')
  return found[1] == owner and not found[2]
end

local function keep(ms)
  for _, key in ipairs({facts, messages, states, branches, state_1}) do
    redis.call('PEXPIRE', key, ms)
  end
end

local function last()
  local text = redis.call('LINDEX', messages, -1)
  return text, text and cjson.decode(text)
end

local function tip()
  local turn = redis.call('HGET', facts, 'tip')
  if turn then return turn end
  local _, message = last()
  return message and message.turn or ''
end

local function is_unanswered(turn)
  local _, message = last()
  return tip() == turn and message and message.turn == turn and message.role == 'user'
end
