// This page answers a post. A browser keeps what was posted, to open the tab again some day, and every two seconds
// writes that to its disk: replacing the entry drops it, so this runs before anything else of the page. What was
// written in the moment before stays in that file. Reload, Back and Forward then lead to the empty form, also from a
// page kept in memory.
history.replaceState(null, "");
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
