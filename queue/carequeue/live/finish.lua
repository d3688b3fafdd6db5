-- ARGV: the mender's token, what to call the server that is whole. A flush since the beginning took the token away.
if redis.call('SREM', MENDING, ARGV[1]) == 0 then
  return 0
end
redis.call('SET', COMPLETE, ARGV[2])
return 1
