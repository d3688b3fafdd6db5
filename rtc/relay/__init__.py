"""The relay of a visit with three or more: what each sends is passed on to the others as it came, never decoded.

ICE is answered here (`ice`, `port`), DTLS and SRTP are aiortc's and libsrtp's (`secure`, `srtp`), descriptions are
written in `offer` and read in `answer`. An `Uplink` is one track that somebody sends, a `Downlink` one of them for one
receiver, a `Leg` one participant's connection with all of theirs, a `Room` one visit. What a weak line gives up is
decided in `share`.
"""
