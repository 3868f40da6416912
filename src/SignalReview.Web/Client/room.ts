import { RoomLive } from "./room/room-live";

customElements.define("room-live", RoomLive);
