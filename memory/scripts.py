"""What must happen in one step in Redis, as Lua scripts: each reads, decides and writes."""

# KEYS: chat, messages, state, lease. ARGV: owner, turn, message, title, time,
# lease and kept in ms, how many messages to recall.
# Everything is decided before anything is written, so that a refusal leaves no trace. A turn that
# has the lease already is one whose reply got lost and that redis-py sends again; the same text
# behind which no answer came is sent again by its writer. Such a message is taken off and kept
# anew, not twice.
BEGIN = """
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner and owner ~= ARGV[1] then return {'gone'} end
local running = redis.call('GET', KEYS[4])
if running and running ~= ARGV[2] then return {'running'} end
local last = redis.call('LINDEX', KEYS[2], -1)
local unanswered = last and cjson.decode(last).role == 'user'
if running or (unanswered and cjson.decode(last).text == cjson.decode(ARGV[3]).text) then
  redis.call('RPOP', KEYS[2])
end
local before = redis.call('LRANGE', KEYS[2], -ARGV[8], -1)
local state = redis.call('GET', KEYS[3])
redis.call('SET', KEYS[4], ARGV[2], 'PX', ARGV[6])
if not owner then
  redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'title', ARGV[4], 'created', ARGV[5], 'version', 1)
end
redis.call('HSET', KEYS[1], 'updated', ARGV[5])
redis.call('RPUSH', KEYS[2], ARGV[3])
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[7]) end
return {'begun', before, state}
"""

# KEYS: chat, messages, state, lease. ARGV: turn, message, state, time, kept in ms.
# An answer that is there already was kept by a call whose reply got lost.
REMEMBER = """
if redis.call('GET', KEYS[4]) ~= ARGV[1] then
  return redis.call('LINDEX', KEYS[2], -1) == ARGV[2] and 1 or 0
end
redis.call('RPUSH', KEYS[2], ARGV[2])
redis.call('SET', KEYS[3], ARGV[3])
redis.call('HSET', KEYS[1], 'updated', ARGV[4])
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[5]) end
redis.call('DEL', KEYS[4])
return 1
"""

# KEYS: lease. ARGV: turn, lease in ms.
RENEW = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""

# KEYS: chat. ARGV: owner, title.
RENAME = """
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'title', ARGV[2])
return 1
"""

# KEYS: chat, and the rest of it. ARGV: owner.
DELETE = """
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('DEL', unpack(KEYS))
return 1
"""
