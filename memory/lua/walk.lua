-- Walks back from a turn among the first `upto` messages: the last `most` texts of its path, in
-- order, and what each of their turns comes after; then where a later walk goes on.
-- Of form 1 no message says what it comes after: it is the one before it in the list.
-- Decoding each message takes longer than all the rest. Within a text its quotes are escaped.
local function field(text, name)
  return string.match(text, '"' .. name .. '":%s*"([^"]*)"')
end

local function walk(turn, upto, most)
  local texts, after = {}, {}
  local at = upto
  while at > 0 and turn ~= '' and #texts < most do
    local begin = math.max(0, at - math.min(most + 2, 64))
    local chunk = redis.call('LRANGE', messages, begin, at - 1)
    for i = #chunk, 1, -1 do
      at = begin + i - 1
      local text = chunk[i]
      if field(text, 'turn') == turn then
        table.insert(texts, 1, text)
        if field(text, 'role') == 'user' then
          local before = field(text, 'after')
          if not before and at > 0 then
            before = field(chunk[i - 1] or redis.call('LINDEX', messages, at - 1), 'turn')
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
