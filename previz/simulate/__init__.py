"""What falls, flies, slides and breaks: rigid bodies, baked to keys of props."""

from previz.simulate.deeds import carry as carry
from previz.simulate.deeds import drop as drop
from previz.simulate.deeds import open_part as open_part
from previz.simulate.deeds import push as push
from previz.simulate.deeds import throw as throw
from previz.simulate.deeds import topple as topple
from previz.simulate.fall import Fall as Fall
from previz.simulate.fall import Hit as Hit
from previz.simulate.fall import fall_of as fall_of
from previz.simulate.fall import simulate as simulate
