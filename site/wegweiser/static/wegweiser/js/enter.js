// Enter sends a form from its lists, too, as it does from a text field. Without a script: Tab, to the button.
for (const form of document.querySelectorAll("form[data-enter]")) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.localName !== "select") return;
    event.preventDefault();
    form.querySelector("button.main").click();
  });
}
