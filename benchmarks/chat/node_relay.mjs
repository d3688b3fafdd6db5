// A bare Socket.IO relay that stores nothing: what a Node shop would start from.  node node_relay.mjs PORT
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { transports: ["websocket"] });
io.on("connection", (socket) => {
  const room = `r${socket.handshake.query.room}`;
  socket.join(room);
  socket.on("msg:post", (data, acknowledge) => {
    socket.to(room).emit("msg:post", data);
    acknowledge({ ok: 1 });
  });
});
http.listen(Number(process.argv[2]), "127.0.0.1");
