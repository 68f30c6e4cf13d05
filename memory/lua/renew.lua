-- KEYS: those of the conversation, and what is there when the run is to stop. ARGV: run, turn,
-- lease in ms. Returns 0 if the lease is lost, 2 if the run is to stop, else 1.
local holder = redis.call('GET', lease)
if holder and holder ~= ARGV[1] then return 0 end
if not holder and not is_unanswered(ARGV[2]) then return 0 end
if redis.call('HEXISTS', facts, 'deleted') == 1 then return 0 end
redis.call('SET', lease, ARGV[1], 'PX', ARGV[3])
return 1 + redis.call('EXISTS', KEYS[7])
