-- ARGV: contact, claim number it was parked under.
local old = read(ARGV[1])
if not old or old.parked_until == PARKED_NOT or old.claim ~= tonumber(ARGV[2]) then
  return 0
end
line_up(ARGV[1], old)
return 1
