"""The line to a browser: Socket.IO's protocol by python-socketio's public face, its hot path our own.

Standard clients of any language connect as to any Socket.IO server, long-polling included. What a message costs is cut
by subclassing: on a websocket no task, no timeout object and no queue stands between a frame and its handler, nor
between an event and the transport.
"""
