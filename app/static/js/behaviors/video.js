// Plays a video where its link stands, once somebody asks: before that, nobody elsewhere hears of them.
export function connect(prose, signal) {
  prose.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest(".video > a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const frame = document.createElement("iframe");
      frame.src = link.href;
      frame.title = link.textContent;
      frame.allow = "fullscreen; picture-in-picture";
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      link.replaceWith(frame);
      frame.focus();
    },
    { signal },
  );
}
