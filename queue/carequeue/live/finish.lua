-- ARGV: the mender, what to call the server that is whole. A flush since it began took the mender away.
if redis.call('SREM', MENDING, ARGV[1]) == 0 then
  return 0
end
redis.call('SET', COMPLETE, ARGV[2])
return 1
