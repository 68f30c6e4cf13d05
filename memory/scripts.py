"""What must happen in one step in Redis for shares and limits, as Lua scripts."""

# KEYS: share. ARGV: owner.
REVOKE_SHARE = """
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
return 1
"""

# KEYS: an owner's shares. ARGV: token, how many at most, how long to keep the list in ms, or "".
# The list outlives what is on it: a share that is open can always be found and revoked.
LIST_SHARE = """
local listed = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not listed and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
local left = redis.call('PTTL', KEYS[1])
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], 'NX', time[1] * 1000000 + time[2], ARGV[1])
if ARGV[3] == '' then
  redis.call('PERSIST', KEYS[1])
elseif left ~= -1 and left < tonumber(ARGV[3]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return 1
"""

# KEYS: an owner's shares. ARGV: how new an entry stays in any case in µs, tokens of shares that
# were not found. A share is listed before it is written: what is new may be about to be written.
UNLIST_SHARES = """
local time = redis.call('TIME')
local new = time[1] * 1000000 + time[2] - ARGV[1]
for i = 2, #ARGV do
  local listed = redis.call('ZSCORE', KEYS[1], ARGV[i])
  if listed and tonumber(listed) < new then redis.call('ZREM', KEYS[1], ARGV[i]) end
end
"""

# KEYS: share. ARGV: visitor, 1 if it is opened again.
OPEN_SHARE = """
local found = redis.call('HMGET', KEYS[1], 'version', 'expires', 'snapshot', 'owner')
local owner = table.remove(found)
if owner and owner ~= ARGV[1] and ARGV[2] == '0' then
  redis.call('HINCRBY', KEYS[1], 'opened', 1)
end
return found
"""

# KEYS: share. ARGV: owner, fields and their values in turn.
UPDATE_SHARE = """
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
return 1
"""

# KEYS: share. ARGV: owner, the time of its end or "", how long until then in ms or "".
EXPIRE_SHARE = """
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'expires', ARGV[2])
if ARGV[3] == '' then
  redis.call('PERSIST', KEYS[1])
else
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return 1
"""

# KEYS: bucket. ARGV: how long one takes to come back in µs, how many there are when it is full.
# A bucket is the time at which it will be full again; one that is full is not there. Returns how
# long in µs until there is one to take, 0 if one was taken.
TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0)) + ARGV[1]
local wait = full - now - ARGV[1] * ARGV[2]
if wait > 0 then return wait end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
return 0
"""

# KEYS: bucket. ARGV: how long one takes to come back in µs.
GIVE_BACK = """
local full = redis.call('GET', KEYS[1])
if not full then return end
local time = redis.call('TIME')
local left = full - ARGV[1] - (time[1] * 1000000 + time[2])
if left <= 0 then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], string.format('%.0f', full - ARGV[1]), 'PX', math.ceil(left / 1000))
end
"""
