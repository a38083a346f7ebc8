/*
 * The page's own elements. A classic script on purpose: it is served beside the ready-made bundle.
 *
 *   <tick-num>   a number that flashes when it changes
 *   <time-ago>   how old something is, counted here
 *   <local-time> when something was, in the browser's zone
 *   <conn-dot>   how live the page is: the server's word and the page's own line to the server
 *   <stale-note> says in words that what is shown may be out of date
 */
(() => {
  const FLASH_MS = 500;
  const CLEANUP_MS = 700;
  const QUIET_MS = 3000;
  const LOST_MS = 10000;

  const define = (name, type) => customElements.get(name) || customElements.define(name, type);
  const calm = matchMedia('(prefers-reduced-motion: reduce)');

  /* A property that was set before the element was defined hides the setter: set it again. */
  const upgrade = (element, ...names) => {
    for (const name of names) {
      if (Object.hasOwn(element, name)) {
        const value = element[name];
        delete element[name];
        element[name] = value;
      }
    }
  };

  // ---- numbers -------------------------------------------------------------------------------

  /* Two names in turn restart the animation without a forced layout. Under reduced motion nothing
     is animated: the colour stands for the same time and goes. */
  const flash = (element, up) => {
    element._turn = element._turn ? 0 : 1;
    element.dataset.flash = (up ? 'up-' : 'down-') + element._turn;
    clearTimeout(element._end);
    element._end = setTimeout(() => settle(element), calm.matches ? FLASH_MS : CLEANUP_MS);
  };
  const settle = (element) => {
    clearTimeout(element._end);
    delete element.dataset.flash;
  };

  define('tick-num', class extends HTMLElement {
    connectedCallback() {
      upgrade(this, 'upd');
      if (!this._wired) {
        this._wired = true;
        this.addEventListener('animationend', () => settle(this));
      }
    }

    set upd([key, value, text]) {
      const before = this._value;
      const same = this._key === key;
      this._key = key;
      this._value = value;
      if (this.textContent !== text) {
        this.textContent = text;
      }
      this.dataset.value = value;
      if (this.hasAttribute('signed')) {
        this.dataset.sign = value > 0 ? 'up' : value < 0 ? 'down' : 'flat';
      }
      if (!same) {
        settle(this);
      } else if (value !== before && value !== '' && before !== '' && !this.hasAttribute('quiet')) {
        flash(this, Number(value) > Number(before));
      }
    }
  });

  // ---- ages ----------------------------------------------------------------------------------

  /* The server's clock minus this one's. A message is never early, so the greatest is the best. */
  const offsets = [];
  let offset = 0;
  const learn = (serverMillis) => {
    offsets.push(serverMillis - Date.now());
    if (offsets.length > 30) {
      offsets.shift();
    }
    offset = Math.max(...offsets);
  };

  const clock = (millis) =>
    new Date(millis).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });

  const spoken = [[86400, 'd', 'day'], [3600, 'h', 'hour'], [60, 'm', 'minute'], [1, 's', 'second']];
  const age = (seconds) => {
    const [size, letter, word] = spoken.find(([unit]) => seconds >= unit) || spoken[3];
    const count = Math.floor(seconds / size);
    return { short: `${count}${letter} ago`, long: `${count} ${word}${count === 1 ? '' : 's'} ago` };
  };

  const ages = new Set();
  define('time-ago', class extends HTMLElement {
    connectedCallback() {
      upgrade(this, 'ts');
      ages.add(this);
      this.render();
    }

    disconnectedCallback() {
      ages.delete(this);
    }

    set ts(millis) {
      this._ts = millis;
      this.render();
    }

    render() {
      if (!this._ts) {
        this.textContent = '–';
        return;
      }
      const seconds = Math.max(0, Math.floor((Date.now() + offset - this._ts) / 1000));
      const { short, long } = age(seconds);
      const old = seconds >= Number(this.getAttribute('warn-after') || 30);
      if (this.textContent !== short) {
        this.textContent = short;
        this.setAttribute('aria-label', `Last updated ${long}${old ? ', may be out of date' : ''}`);
        this.title = `Last updated: ${new Date(this._ts).toLocaleString()}`;
      }
      this.toggleAttribute('old', old);
    }
  });
  setInterval(() => ages.forEach((element) => element.render()), 1000);

  define('local-time', class extends HTMLElement {
    connectedCallback() {
      upgrade(this, 'ts');
    }

    set ts(millis) {
      const text = millis ? clock(millis) : '';
      if (this.textContent !== text) {
        this.textContent = text;
        this.title = millis ? new Date(millis).toLocaleString() : '';
      }
    }
  });

  // ---- how live the page is ------------------------------------------------------------------

  const RANK = { live: 0, warn: 1, down: 2, out: 3 };

  /* What the line between this page and its server says; null when it is sound. */
  const line = (sinceBeat, lastBeat) => {
    const state = window.Vaadin?.connectionState?.state;
    if (sinceBeat > LOST_MS || state === 'connection-lost') {
      const asOf = lastBeat + offset;
      return { level: 'down', text: `No connection, data as of ${clock(asOf)}`, asOf,
        reason: 'This page has lost its server and keeps trying.' };
    }
    if (sinceBeat > QUIET_MS || state === 'reconnecting') {
      return { level: 'warn', text: 'Reconnecting…', asOf: lastBeat + offset,
        reason: 'This page is reconnecting to its server.' };
    }
    return null;
  };

  let current = null;
  const notes = new Set();

  define('conn-dot', class extends HTMLElement {
    connectedCallback() {
      upgrade(this, 'feed', 'beat');
      if (!this._text) {
        const dot = document.createElement('span');
        dot.className = 'dot';
        dot.setAttribute('aria-hidden', 'true');
        this._text = document.createElement('span');
        this._text.className = 'text';
        this.append(dot, this._text);
      }
      this._lastBeat = Date.now();
      this._timer = setInterval(() => this.render(), 500);
      this._changed = () => this.render();
      window.Vaadin?.connectionState?.addStateChangeListener(this._changed);
      document.addEventListener('visibilitychange', this._changed);
      this.render();
    }

    disconnectedCallback() {
      clearInterval(this._timer);
      window.Vaadin?.connectionState?.removeStateChangeListener(this._changed);
      document.removeEventListener('visibilitychange', this._changed);
    }

    /* {level, text, asOf, stale, reason}; "{asOf}" in the text becomes the local time. */
    set feed(feed) {
      this._feed = feed;
      this.render();
    }

    set beat([, serverMillis]) {
      this._lastBeat = Date.now();
      learn(serverMillis);
      this.render();
    }

    render() {
      if (!this._text || !this._feed) {
        return;
      }
      const own = line(Date.now() - this._lastBeat, this._lastBeat);
      const feed = { ...this._feed, asOf: Number(this._feed.asOf) || 0 };
      const worse = own && RANK[own.level] > RANK[feed.level];
      const shown = worse ? { ...own, stale: true } : feed;
      if (worse && feed.stale && feed.asOf) {
        shown.asOf = Math.min(feed.asOf, own.asOf);
      }
      const text = shown.text.replace('{asOf}', shown.asOf ? clock(shown.asOf) : 'unknown');
      if (this._text.textContent !== text) {
        this._text.textContent = text;
      }
      this.dataset.level = shown.level;
      document.documentElement.classList.toggle('data-stale', Boolean(shown.stale));
      document.documentElement.dataset.connection = shown.level;
      current = shown;
      notes.forEach((note) => note.render());
    }
  });

  define('stale-note', class extends HTMLElement {
    connectedCallback() {
      notes.add(this);
      this.render();
    }

    disconnectedCallback() {
      notes.delete(this);
    }

    render() {
      const stale = Boolean(current?.stale);
      const since = current?.asOf ? `Data as of ${clock(current.asOf)}` : 'No data yet';
      const text = stale ? `${since}. ${current.reason}` : '';
      if (this.textContent !== text) {
        this.textContent = text;
      }
      this.hidden = !stale;
    }
  });
})();
