import { WallLive } from "./room/wall-live";

customElements.define("wall-live", WallLive);
