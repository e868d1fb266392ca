// Takes the secret out of the address, hands it over, and goes where it is told.
(() => {
  const said = document.getElementById("said");

  async function open() {
    const secret = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
    try {
      const answer = await fetch("s/open", { method: "POST", body: secret });
      const told = await answer.json();
      if (told.to) location.replace(told.to);
      else said.textContent = told.said;
    } catch {
      said.textContent = said.dataset.away;
    }
  }

  addEventListener("hashchange", open); // another link, put into the address of this page
  open();
})();
