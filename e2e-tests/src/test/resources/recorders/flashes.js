// Watches the numbers that flash: each animation as the browser runs it, at its first instant; each
// change that caused a flash, and what the number looked like then; and for how long a flash stood.
(() => {
  const recorder = { animations: [], changes: [], stood: [], ended: 0 };
  const standing = new Map();
  window.flashRecorder = recorder;

  const isNumber = (node) => node instanceof HTMLElement && node.localName === 'tick-num';
  const looks = (node) => {
    const { backgroundColor, transform } = getComputedStyle(node);
    return { id: node.dataset.testid, backgroundColor, transform };
  };

  document.addEventListener('animationstart', (event) => {
    const node = event.composedPath()[0];
    const animation = isNumber(node) && node.getAnimations()[0];
    if (animation) {
      animation.pause();
      animation.currentTime = 0;
      const { duration } = animation.effect.getTiming();
      recorder.animations.push({ name: event.animationName, duration, ...looks(node) });
      animation.play();
    }
  }, true);

  document.addEventListener('animationend', (event) => {
    recorder.ended += isNumber(event.composedPath()[0]) ? 1 : 0;
  }, true);

  const began = (node, before) => {
    standing.set(node, performance.now());
    recorder.changes.push({
      name: node.dataset.flash,
      before: Number(before),
      after: Number(node.dataset.value),
      animations: node.getAnimations().length,
      ...looks(node),
    });
  };

  const stopped = (node) => {
    if (standing.has(node)) {
      recorder.stood.push(performance.now() - standing.get(node));
      standing.delete(node);
    }
  };

  // The new value and its flash come in one delivery; more than one change in it proves nothing.
  const look = (node, records) => {
    const values = records.filter((record) => record.attributeName === 'data-value');
    if (values.length === records.length) {
      return;
    }
    if (node.dataset.flash === undefined) {
      stopped(node);
    } else if (standing.has(node)) {
      standing.delete(node);
    } else if (values.length === 1 && records.length === 2) {
      began(node, values[0].oldValue);
    }
  };

  new MutationObserver((records) => {
    for (const node of new Set(records.map((record) => record.target).filter(isNumber))) {
      look(node, records.filter((record) => record.target === node));
    }
  }).observe(document, {
    subtree: true, attributes: true, attributeOldValue: true,
    attributeFilter: ['data-value', 'data-flash'],
  });
})();
