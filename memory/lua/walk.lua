-- Walks back from a turn among the first `upto` messages: the last `most` texts of its path, in
-- order, and what each of their turns comes after; then where a later walk goes on.
-- Of form 1 no message says what it comes after: it is the one before it in the list.
local CHUNK = 64

local function walk(turn, upto, most)
  local texts, after = {}, {}
  local at = upto
  while at > 0 and turn ~= '' and #texts < most do
    local begin = math.max(0, at - CHUNK)
    local chunk = redis.call('LRANGE', messages, begin, at - 1)
    for i = #chunk, 1, -1 do
      at = begin + i - 1
      local message = cjson.decode(chunk[i])
      if message.turn == turn then
        table.insert(texts, 1, chunk[i])
        if message.role == 'user' then
          local before = message.after
          if not before and at > 0 then
            before = cjson.decode(chunk[i - 1] or redis.call('LINDEX', messages, at - 1)).turn
          end
          after[turn] = before or ''
          turn = after[turn]
          if turn == '' or #texts >= most then break end
        end
      end
    end
  end
  return texts, after, at, turn
end
