/**
 * Scripts that Redis runs as one step, under its own clock, so that every process sees the same ledger.
 *
 * A token's account: `limit`, `used`, `resetsAt` as GitHub last told, `pausedUntil` and `why` when it asked for a pause,
 * `strikes` in a row without a time named, `wroteAt`. Times are Unix milliseconds.
 * A lane (reads, writes): `busy` calls by when they are over at the latest, the `line` of those who wait in the order of
 * urgency and arrival, and when those who wait are taken for gone (`present`).
 */
const NOW = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** KEYS account, busy, line, present. ARGV id, class (0 first), places, gap, longest call, share kept for class 0, seen again within. */
export const ENTER = `${NOW}
  local id, class, places, gap = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
  local account = redis.call('HMGET', KEYS[1], 'pausedUntil', 'why', 'limit', 'used', 'resetsAt', 'wroteAt')
  local function number(at) return tonumber(account[at] or '0') end
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
  for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', now)) do
    redis.call('ZREM', KEYS[3], gone)
    redis.call('ZREM', KEYS[4], gone)
  end
  local running = redis.call('ZCARD', KEYS[2])
  local function leave() redis.call('ZREM', KEYS[3], id) redis.call('ZREM', KEYS[4], id) end
  if number(1) > now then
    leave()
    return { 'limited', number(1) - now, account[2] or 'secondary' }
  end
  if account[3] and number(5) > now then
    local kept = class == 0 and 0 or math.floor(number(3) * tonumber(ARGV[6]))
    if number(3) - number(4) - running <= kept then
      leave()
      return { 'limited', number(5) - now, 'primary' }
    end
  end
  if not redis.call('ZSCORE', KEYS[3], id) then redis.call('ZADD', KEYS[3], class * 1e14 + now, id) end
  redis.call('ZADD', KEYS[4], now + ARGV[7], id)
  local pause = gap > 0 and number(6) + gap - now or 0
  if pause > 0 or redis.call('ZRANK', KEYS[3], id) >= places - running then
    for at = 3, 4 do redis.call('PEXPIRE', KEYS[at], 120000) end
    return { 'wait', math.max(pause, 0), '' }
  end
  leave()
  redis.call('ZADD', KEYS[2], now + ARGV[5], id)
  redis.call('PEXPIRE', KEYS[2], ARGV[5])
  if gap > 0 then
    redis.call('HSET', KEYS[1], 'wroteAt', now)
    redis.call('PEXPIRE', KEYS[1], 7200000)
  end
  return { 'in', 0, '' }`;

/** KEYS account, busy. ARGV id, gap, limit, used, resetsAt, why ('' for no pause), pause (-1: none was named), standard pause, longest. */
export const LEAVE = `${NOW}
  redis.call('ZREM', KEYS[2], ARGV[1])
  if tonumber(ARGV[2]) > 0 then redis.call('HSET', KEYS[1], 'wroteAt', now) end
  if ARGV[3] ~= '' then
    local known = redis.call('HMGET', KEYS[1], 'resetsAt', 'used')
    local newer = tonumber(ARGV[5]) > tonumber(known[1] or '0')
    local further = ARGV[5] == known[1] and tonumber(ARGV[4]) >= tonumber(known[2] or '0')
    if newer or further then redis.call('HSET', KEYS[1], 'limit', ARGV[3], 'used', ARGV[4], 'resetsAt', ARGV[5]) end
  end
  local pause = tonumber(ARGV[7])
  if ARGV[6] == '' then
    redis.call('HDEL', KEYS[1], 'strikes')
  else
    local strikes = redis.call('HINCRBY', KEYS[1], 'strikes', 1)
    if pause < 0 then pause = math.min(tonumber(ARGV[8]) * 2 ^ (strikes - 1), tonumber(ARGV[9])) end
    if now + pause > tonumber(redis.call('HGET', KEYS[1], 'pausedUntil') or '0') then
      redis.call('HSET', KEYS[1], 'pausedUntil', string.format('%.0f', now + pause), 'why', ARGV[6])
    end
  end
  redis.call('PEXPIRE', KEYS[1], 7200000)
  return math.floor(pause)`;

/** KEYS line, present. ARGV id. Whoever has waited long enough goes. */
export const GIVE_UP = `
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('ZREM', KEYS[2], ARGV[1])`;
