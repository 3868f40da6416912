import { Mentions } from "./room/mentions";
import { RoomLive } from "./room/room-live";
import { Talk } from "./room/talk";

customElements.define("room-live", RoomLive);

const talk = document.getElementById("talk");
if (talk !== null) {
  new Talk(talk).start();
  new Mentions(talk, (text) => {
    const line = document.querySelector("[data-announce]");
    if (line !== null) {
      line.textContent = text;
    }
  }).start();
}
