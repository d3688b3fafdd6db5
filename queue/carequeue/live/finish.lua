-- ARGV: the mender, the server it began with. A flush since then took the mender away; a server started anew from its
-- file still has it, and may lack what it was told in its last second.
local server = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if redis.call('SREM', MENDING, ARGV[1]) == 0 or server ~= ARGV[2] then
  return 0
end
redis.call('SET', COMPLETE, ARGV[2])
return 1
