// The device's own memory: localStorage, and the tab's when that is full or switched off.

export class Device {
  #storage;
  #tab = new Map();

  constructor(storage) {
    this.#storage = storage;
  }

  /** True when the value will survive the tab. */
  set(key, value) {
    try {
      this.#storage.setItem(key, value);
      this.#tab.delete(key);
      return true;
    } catch {
      this.#tab.set(key, value);
      return false;
    }
  }

  get(key) {
    if (this.#tab.has(key)) return this.#tab.get(key);
    try {
      return this.#storage.getItem(key);
    } catch {
      return null;
    }
  }

  remove(key) {
    this.#tab.delete(key);
    try {
      this.#storage.removeItem(key);
    } catch {
      // Nothing was stored there either.
    }
  }

  keys(prefix) {
    const found = new Set([...this.#tab.keys()].filter((key) => key.startsWith(prefix)));
    try {
      for (let i = 0; i < this.#storage.length; i += 1) {
        const key = this.#storage.key(i);
        if (key.startsWith(prefix)) found.add(key);
      }
    } catch {
      // A blocked storage holds nothing.
    }
    return [...found];
  }
}

/** The page's localStorage, or null where reading the property itself is forbidden. */
export function localStorageOrNone() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
