// Takes the key out of the address, has the sealed report sent by its id, and opens it here: the key stays.
(() => {
  const said = document.getElementById("said");
  const words = said.dataset;

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

  async function open() {
    const [id, key] = location.hash.slice(1).split(".");
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
