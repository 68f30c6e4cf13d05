-- ARGV: owner, a turn that is one of several. Shows the path through it, as it was left.
local turn = ARGV[2]
if not is_own(ARGV[1]) then return 'gone' end
if redis.call('EXISTS', lease) == 1 then return 'running' end
local listed = redis.call('HGETALL', branches)
for i = 1, #listed, 2 do
  local siblings = ' ' .. listed[i + 1] .. ' '
  local is_there = string.find(siblings, ' ' .. turn .. ' ', 1, true)
  if is_there and string.sub(listed[i], 1, 3) == 'of:' then
    local length, here = redis.call('LLEN', messages), tip()
    local _, after = walk(here, length, length)
    for sibling in string.gmatch(siblings, '%S+') do
      if after[sibling] then redis.call('HSET', branches, 'tip:' .. sibling, here) end
    end
    redis.call('HSET', facts, 'tip', redis.call('HGET', branches, 'tip:' .. turn) or turn)
    return 'chosen'
  end
end
return 'gone'
