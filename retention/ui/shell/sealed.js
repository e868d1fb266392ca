// Takes the key out of the address, has the sealed report sent by its id, and opens it here: the key stays.
(() => {
  const said = document.getElementById("said");
  const words = said.dataset;
  const KEPT = "ritorno report"; // while somebody signs in, in this tab alone

  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const plain = (text) => text.replaceAll("-", "+").replaceAll("_", "/");

  async function opened(sealed, key) {
    const data = bytes(sealed.content);
    const held = await crypto.subtle.importKey("raw", bytes(plain(key)), "AES-GCM", false, ["decrypt"]);
    const how = { name: "AES-GCM", iv: data.subarray(0, 12), additionalData: bytes(sealed.bound) };
    return crypto.subtle.decrypt(how, held, data.subarray(12));
  }

  function show(content, told) {
    const text = new TextDecoder().decode(content);
    const address = URL.createObjectURL(new Blob([content], { type: "text/html" }));
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts allow-modals"); // of no origin: it reaches nothing of ours
    frame.title = document.title;
    frame.src = address;
    const save = document.createElement("a");
    save.href = address;
    save.download = words.file;
    save.textContent = words.save;
    const drawn = words.scripts.split(" ").every((hash) => text.includes(hash));
    said.replaceChildren(`${drawn ? told : `${told} ${words.older}`} `, save);
    document.body.classList.add("shown");
    document.querySelector("iframe")?.remove();
    document.body.append(frame);
  }

  const framed = window.top !== window; // in another site's page, where neither cookies nor storage are ours

  function kept() {
    if (framed) return "";
    const secret = sessionStorage.getItem(KEPT) ?? "";
    sessionStorage.removeItem(KEPT);
    return secret;
  }

  function lead(told, secret) {
    const way = document.createElement("a");
    way.className = "way";
    if (framed) {
      way.href = `r#${secret}`;
      way.target = "_blank";
      way.textContent = words.tab;
    } else {
      way.href = told.way;
      way.textContent = told.name;
      if (told.keep) way.onclick = () => sessionStorage.setItem(KEPT, secret);
    }
    said.replaceChildren(told.said, document.createElement("br"), way);
  }

  async function open() {
    const before = kept();
    const secret = location.hash.slice(1) || before;
    const [id, key] = secret.split(".");
    history.replaceState(null, "", location.pathname);
    document.querySelector("iframe")?.remove();
    document.body.classList.remove("shown");
    if (!globalThis.crypto?.subtle) {
      said.textContent = words.insecure;
      return;
    }
    let sealed;
    try {
      const answer = await fetch("r/open", { method: "POST", body: id });
      sealed = await answer.json();
    } catch {
      said.textContent = words.away;
      return;
    }
    if (sealed.way) {
      lead(sealed, secret);
      return;
    }
    if (!sealed.content) {
      said.textContent = sealed.said;
      return;
    }
    try {
      show(await opened(sealed, key ?? ""), sealed.said);
    } catch {
      said.textContent = words.wrong;
    }
  }

  addEventListener("hashchange", open); // another link, put into the address of this page
  open();
})();
