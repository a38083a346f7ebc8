// Watches one purchase from the click on: which statuses its order shows, and when the position and
// the cash have followed. A page that were loaded again would have seen no click, and would never
// say that all is done.
(() => {
  let expected = null;
  let earlier = null;
  let sentAt = 0;
  const statuses = [];
  const reached = {};

  const prefix = 'order-status-';
  const orders = () => [...document.querySelectorAll(`[data-testid^=${prefix}]`)].map((node) => ({
    id: node.dataset.testid.substring(prefix.length), status: node.dataset.status,
  }));
  const value = (id) => Number(document.querySelector(`[data-testid=${id}]`)?.dataset.value);
  const reach = (milestone) => {
    reached[milestone] ??= performance.now() - sentAt;
  };

  document.addEventListener('click', (event) => {
    const sends = event.composedPath().some((node) => node.dataset?.testid === 'ticket-submit');
    if (sends && expected && !earlier) {
      earlier = new Set(orders().map((order) => order.id));
      sentAt = performance.now();
    }
  }, true);

  const look = () => {
    if (!earlier) {
      return;
    }
    for (const order of orders().filter((shown) => !earlier.has(shown.id))) {
      if (!statuses.some((seen) => seen.id === order.id && seen.status === order.status)) {
        statuses.push(order);
      }
      if (order.status === 'filled') {
        reach('filled');
      }
    }
    if (value(`qty-${expected.symbol}`) === expected.shares) {
      reach('grown');
    }
    if (value('cash') < expected.cashBefore) {
      reach('paid');
    }
  };
  new MutationObserver(look).observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });

  window.orderRecorder = {
    expect: (symbol, shares, cashBefore) => {
      expected = { symbol, shares, cashBefore };
    },
    isDone: () => Object.keys(reached).length === 3,
    order: () => statuses[0].id,
    statuses: () => statuses.map((seen) => seen.status),
    reached: () => reached,
  };
})();
