-- ARGV: contact, claim number it was parked under.
local leave, line_up = moves()
local old = read(ARGV[1])
if not old or old[ENDS] <= IN_LANE or old[CLAIM] ~= tonumber(ARGV[2]) then
  return 0
end
leave(ARGV[1], old)
line_up(ARGV[1], old)
return 1
