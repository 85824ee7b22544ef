-- For wrk: asks for random lines of the file that REQUESTS names; a line "POST path body" sends a body. Prints figures that scripts can
-- read.
local lines = {}
for line in io.lines(os.getenv("REQUESTS")) do lines[#lines + 1] = line end
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init()
  math.randomseed(tonumber(os.getenv("SEED") or "1") * 1000 + number)
end

function request()
  local line = lines[math.random(#lines)]
  local path, body = line:match("^POST (%S+) (.*)$")
  if path then return wrk.format("POST", path, {["Content-Type"] = "application/json"}, body) end
  return wrk.format("GET", line)
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("requests: %d\n", summary.requests))
  io.write(string.format("rate: %.1f\n", summary.requests / summary.duration * 1e6))
  io.write(string.format("bytes: %d\n", summary.bytes))
  io.write(string.format("p50: %.3f\n", latency:percentile(50) / 1000))
  io.write(string.format("p99: %.3f\n", latency:percentile(99) / 1000))
  io.write(string.format("errors: connect %d, read %d, write %d, timeout %d, status %d\n", e.connect, e.read, e.write, e.timeout, e.status))
end
