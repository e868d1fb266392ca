// Takes the secret out of the address, hands it over, and goes where it is told.
(() => {
  const said = document.getElementById("said");
  const KEPT = "ritorno study"; // while somebody signs in, in this tab alone

  const framed = window.top !== window; // in another site's page, where neither cookies nor storage are ours

  function kept() {
    if (framed) return "";
    const secret = sessionStorage.getItem(KEPT) ?? "";
    sessionStorage.removeItem(KEPT);
    return secret;
  }

  function lead(text, to, name) {
    const way = document.createElement("a");
    way.className = "way";
    way.href = to;
    way.textContent = name;
    said.replaceChildren(text, document.createElement("br"), way);
    return way;
  }

  async function open() {
    const before = kept();
    const secret = location.hash.slice(1) || before;
    history.replaceState(null, "", location.pathname);
    if (framed) {
      lead("", `s#${secret}`, said.dataset.tab).target = "_blank";
      return;
    }
    try {
      const answer = await fetch("s/open", { method: "POST", body: secret });
      const told = await answer.json();
      if (told.to) location.replace(told.to);
      else if (told.way) {
        const way = lead(told.said, told.way, told.name);
        if (told.keep) way.onclick = () => sessionStorage.setItem(KEPT, secret);
      } else said.textContent = told.said;
    } catch {
      said.textContent = said.dataset.away;
    }
  }

  addEventListener("hashchange", open); // another link, put into the address of this page
  open();
})();
