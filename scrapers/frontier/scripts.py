"""What happens inside Redis: each of these Lua scripts is one step, whatever other workers do.

Their only key is the frontier's prefix, from which they make the names of what belongs to a source (a single
Redis or Valkey, not a cluster):

====================  ======  ====================================================================
``…run``              hash    ``finished``, ``sequence`` of the last request added
``…workers``          set     the workers that took part in this crawl
``…requests``         hash    key → the request as JSON; empty once it is done
``…pending``          zset    key, by priority and order
``…leased``           zset    key, by the time at which the lease expires
``…holders``          hash    key → who has it: JSON of ``worker``, ``token``, ``fetched_at``
``…roles``            hash    role → how many pages of it were met
``…answered``         string  how many requests are done, until the next crawl begins
``…missed``           hash    key → a request that failed, for the next crawl
``…moves``, ``…known``, ``…walked``  what outlives a crawl
``@hosts:…``          hash    ``free_at``, ``held_until``, ``busy`` of a host
====================  ======  ====================================================================
"""

# Every script begins with this. ARGV[1] is the time where a test sets it, else the server's counts, since the
# clocks of the machines may differ.
_COMMON = """
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) + tonumber(time[2]) / 1000000
end
local function at(source, part) return KEYS[1] .. source .. ':' .. part end
local function score(source, priority)
  return string.format('%.0f', -priority * 1e10 + redis.call('HINCRBY', at(source, 'run'), 'sequence', 1))
end
local function holder(source, key)
  local found = redis.call('HGET', at(source, 'holders'), key)
  return found and cjson.decode(found)
end
local function hold(source, key, worker, token, fetched_at)
  redis.call('HSET', at(source, 'holders'), key,
    cjson.encode({worker = worker, token = token, fetched_at = fetched_at}))
end
local function due(time) return string.format('%.6f', time) end
local function add(source, key, role, priority, request)
  if redis.call('HSETNX', at(source, 'requests'), key, request) == 0 then return 0 end
  redis.call('ZADD', at(source, 'pending'), score(source, priority), key)
  redis.call('HINCRBY', at(source, 'roles'), role, 1)
  return 1
end
local function add_all(source, first)
  local new = 0
  for i = first, #ARGV, 4 do
    new = new + add(source, ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2]), ARGV[i + 3])
  end
  return new
end
local function close(source, key)
  if redis.call('HEXISTS', at(source, 'requests'), key) == 0 then return false end
  if redis.call('HGET', at(source, 'requests'), key) ~= '' then
    redis.call('INCR', at(source, 'answered'))
    redis.call('HSET', at(source, 'requests'), key, '')
  end
  redis.call('ZREM', at(source, 'pending'), key)
  redis.call('ZREM', at(source, 'leased'), key)
  redis.call('HDEL', at(source, 'holders'), key)
  return true
end
local function pend(source, key)
  local request = cjson.decode(redis.call('HGET', at(source, 'requests'), key))
  redis.call('ZREM', at(source, 'leased'), key)
  redis.call('HDEL', at(source, 'holders'), key)
  redis.call('ZADD', at(source, 'pending'), score(source, request.priority), key)
end
local function host(name) return KEYS[1] .. '@hosts:' .. name end
local function note(key, field, moment)
  redis.call('HSET', key, field, due(moment))
  redis.call('EXPIRE', key, 86400)
end
local function forget(source)
  for _, part in ipairs({'run', 'workers', 'requests', 'pending', 'leased', 'holders', 'roles'}) do
    redis.call('DEL', at(source, part))
  end
end
"""

# worker, sources… → for each source: 'finished', 'resumed' or 'new'
BEGIN = (
    _COMMON
    + """
local worker, unfinished = ARGV[2], false
for i = 3, #ARGV do
  unfinished = unfinished or redis.call('HGET', at(ARGV[i], 'run'), 'finished') == '0'
end
local found = {}
for i = 3, #ARGV do
  local source = ARGV[i]
  if not unfinished then
    forget(source)
    redis.call('DEL', at(source, 'answered'))
    local missed = redis.call('HGETALL', at(source, 'missed'))
    for j = 2, #missed, 2 do
      local request = cjson.decode(missed[j])
      add(source, missed[j - 1], request.role, request.priority, missed[j])
    end
    redis.call('DEL', at(source, 'missed'))
  end
  redis.call('HSETNX', at(source, 'run'), 'finished', '0')
  if redis.call('HGET', at(source, 'run'), 'finished') == '1' then
    found[#found + 1] = 'finished'
  else
    found[#found + 1] = redis.call('SADD', at(source, 'workers'), worker) == 0 and 'resumed' or 'new'
  end
end
return found
"""
)

# worker, source → the keys that this worker had under way, most urgent first is not promised
MINE = (
    _COMMON
    + """
local keys = {}
for _, key in ipairs(redis.call('ZRANGE', at(ARGV[3], 'leased'), 0, -1)) do
  if holder(ARGV[3], key).worker == ARGV[2] then keys[#keys + 1] = key end
end
return keys
"""
)

# sources… → 1 when all are finished and forgotten
END = (
    _COMMON
    + """
for i = 2, #ARGV do
  if redis.call('HGET', at(ARGV[i], 'run'), 'finished') == '0' then return 0 end
end
for i = 2, #ARGV do forget(ARGV[i]) end
return 1
"""
)

# source, declaration
FINISH = (
    _COMMON
    + """
local source = ARGV[2]
local left = redis.call('ZCARD', at(source, 'pending')) + redis.call('ZCARD', at(source, 'leased'))
if left > 0 or redis.call('EXISTS', at(source, 'run')) == 0 then return 0 end
redis.call('HSET', at(source, 'run'), 'finished', '1')
redis.call('SET', at(source, 'walked'), ARGV[3])
return 1
"""
)

# source, then key, role, priority, request of each → how many are new
ADD = _COMMON + "return add_all(ARGV[2], 3)"

# source, worker, token, seconds, key to take back or '' → key, request, fetched_at; or nothing
LEASE = (
    _COMMON
    + """
local source, worker, token, key = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[6]
local fetched_at
if key ~= '' then
  local before = holder(source, key)
  if not before or before.worker ~= worker then return nil end
  fetched_at = before.fetched_at
else
  key = redis.call('ZRANGE', at(source, 'pending'), 0, 0)[1]
  if not key then
    for _, expired in ipairs(redis.call('ZRANGEBYSCORE', at(source, 'leased'), '-inf', due(now))) do
      if holder(source, expired).worker ~= worker then key = expired break end
    end
  end
  if not key then return nil end
end
redis.call('ZREM', at(source, 'pending'), key)
redis.call('ZADD', at(source, 'leased'), due(now + tonumber(ARGV[5])), key)
hold(source, key, worker, token, fetched_at)
return {key, redis.call('HGET', at(source, 'requests'), key), fetched_at or ''}
"""
)

# source, key, token, seconds, fetched_at → 1 when the lease still holds
RECEIVED = (
    _COMMON
    + """
local source, key = ARGV[2], ARGV[3]
local found = holder(source, key)
if not found or found.token ~= tonumber(ARGV[4]) then return 0 end
hold(source, key, found.worker, found.token, ARGV[6])
redis.call('ZADD', at(source, 'leased'), due(now + tonumber(ARGV[5])), key)
return 1
"""
)

# source, key, then key, role, priority, request of each → how many are new
DONE = (
    _COMMON
    + """
if not close(ARGV[2], ARGV[3]) then return 0 end
return add_all(ARGV[2], 4)
"""
)

# source, key, token, key and request to try in the next crawl, or nothing
MISS = (
    _COMMON
    + """
local source, key = ARGV[2], ARGV[3]
local found = holder(source, key)
if not found or found.token ~= tonumber(ARGV[4]) then return 0 end
close(source, key)
if ARGV[5] then redis.call('HSET', at(source, 'missed'), ARGV[5], ARGV[6]) end
return 1
"""
)

# source, key, token, request
AGAIN = (
    _COMMON
    + """
local source, key = ARGV[2], ARGV[3]
local found = holder(source, key)
if not found or found.token ~= tonumber(ARGV[4]) then return 0 end
redis.call('HSET', at(source, 'requests'), key, ARGV[5])
pend(source, key)
return 1
"""
)

# source, worker, seconds
RENEW = (
    _COMMON
    + """
local source = ARGV[2]
for _, key in ipairs(redis.call('ZRANGE', at(source, 'leased'), 0, -1)) do
  if holder(source, key).worker == ARGV[3] then
    local holds = tonumber(redis.call('ZSCORE', at(source, 'leased'), key))
    redis.call('ZADD', at(source, 'leased'), due(math.max(holds, now + tonumber(ARGV[4]))), key)
  end
end
"""
)

# source, worker
RELEASE = (
    _COMMON
    + """
local source = ARGV[2]
for _, key in ipairs(redis.call('ZRANGE', at(source, 'leased'), 0, -1)) do
  local found = holder(source, key)
  if found.worker == ARGV[3] and not found.fetched_at then pend(source, key) end
end
"""
)

# source, worker → 1 when something is pending, or with another worker
WAITING = (
    _COMMON
    + """
local source = ARGV[2]
if redis.call('ZCARD', at(source, 'pending')) > 0 then return 1 end
for _, key in ipairs(redis.call('ZRANGE', at(source, 'leased'), 0, -1)) do
  if holder(source, key).worker ~= ARGV[3] then return 1 end
end
return 0
"""
)

# host → seconds for which it is to be left alone, as it asked
HELD = (
    _COMMON
    + """
local until_then = tonumber(redis.call('HGET', host(ARGV[2]), 'held_until') or now)
return due(math.max(math.min(until_then - now, tonumber(ARGV[3])), 0))
"""
)

# host, delay, most seconds to wait for a delay and for a busy host, seconds to wait for an answer
# → seconds to wait; '0': the turn is taken
TURN = (
    _COMMON
    + """
local key, delay, wait = host(ARGV[2]), tonumber(ARGV[3]), 0
for field, most in pairs({free_at = tonumber(ARGV[4]), held_until = tonumber(ARGV[5])}) do
  local moment = tonumber(redis.call('HGET', key, field))
  if moment then
    moment = math.min(moment, now + most)
    note(key, field, moment)
    wait = math.max(wait, moment - now)
  end
end
if wait > 0 then return due(wait) end
if delay > 0 then delay = delay + tonumber(ARGV[6]) end
note(key, 'free_at', now + delay)
return '0'
"""
)

# host, delay
ANSWERED = (
    _COMMON
    + """
redis.call('HDEL', host(ARGV[2]), 'busy')
note(host(ARGV[2]), 'free_at', now + tonumber(ARGV[3]))
"""
)

# host, seconds asked (at most as many as are heard), delay, first pause, most seconds, most doublings
BUSY = (
    _COMMON
    + """
local key = host(ARGV[2])
local times = redis.call('HINCRBY', key, 'busy', 1)
local pause = tonumber(ARGV[3])
if pause == 0 then
  pause = math.min(tonumber(ARGV[5]) * 2 ^ math.min(times - 1, tonumber(ARGV[7])), tonumber(ARGV[6]))
end
local until_then = now + pause
note(key, 'free_at', now + tonumber(ARGV[4]))
note(key, 'held_until', math.max(tonumber(redis.call('HGET', key, 'held_until') or 0), until_then))
"""
)
