// Connects data-behavior="name other" to behaviors/name.js, once for each element.
import * as autosave from "./behaviors/autosave.js";
import * as autosize from "./behaviors/autosize.js";
import * as confirm from "./behaviors/confirm.js";
import * as copy from "./behaviors/copy.js";
import * as dialog from "./behaviors/dialog.js";
import * as format from "./behaviors/format.js";
import * as filter from "./behaviors/filter.js";
import * as hotkeys from "./behaviors/hotkeys.js";
import * as insert from "./behaviors/insert.js";
import * as in_place from "./behaviors/in_place.js";
import * as keys from "./behaviors/keys.js";
import * as preview from "./behaviors/preview.js";
import * as palette from "./behaviors/palette.js";
import * as propose from "./behaviors/propose.js";
import * as local_time from "./behaviors/local_time.js";
import * as menus from "./behaviors/menus.js";
import * as rows from "./behaviors/rows.js";
import * as submit_once from "./behaviors/submit_once.js";
import * as missed from "./behaviors/missed.js";
import * as seen from "./behaviors/seen.js";
import * as toast from "./behaviors/toast.js";
import * as choose_all from "./behaviors/choose_all.js";
import * as complete from "./behaviors/complete.js";
import * as live_preview from "./behaviors/live_preview.js";
import * as live from "./behaviors/live.js";
import * as pictures from "./behaviors/pictures.js";
import * as refresh from "./behaviors/refresh.js";
import * as presence from "./behaviors/presence.js";
import * as drop from "./behaviors/drop.js";
import * as tabs from "./behaviors/tabs.js";
import * as video from "./behaviors/video.js";
import { within } from "./lib/dom.js";

const behaviors = { format, live_preview, pictures, preview, tabs, video, drop, presence, live, refresh, complete, choose_all, autosave, autosize, confirm, copy, dialog, filter, hotkeys, in_place, insert, keys, palette, propose, local_time, menus, missed, rows, seen, submit_once, toast };
const connected = new WeakMap();

// Each behaviour gets its element and a signal that ends its listeners when the element goes.
export function connect(root) {
  for (const element of within(root, "[data-behavior]")) {
    if (connected.has(element)) continue;
    const end = new AbortController();
    connected.set(element, end);
    for (const name of element.dataset.behavior.split(" ")) behaviors[name]?.connect(element, end.signal);
  }
}

export function disconnect(element) {
  connected.get(element)?.abort();
  connected.delete(element);
}
