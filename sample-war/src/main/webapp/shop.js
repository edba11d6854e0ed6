// The page asks the REST API once a second and draws what it says; it keeps nothing of its own.

const POLL_MILLIS = 1000;

const STATUSES = {
  PLACED: ["Placed", "grey"],
  RESERVED: ["Stock reserved", "blue"],
  AWAITING_APPROVAL: ["Needs approval", "amber"],
  PAID: ["Paid", "violet"],
  SHIPPED: ["Shipped", "green"],
  CANCELLING: ["Cancelling", "amber"],
  REFUSED: ["Refused", "red"],
};
const JOB_TONES = {
  BLOCKED: "grey", PENDING: "blue", RUNNING: "violet", COMPLETED: "green", FAILED: "red", CANCELLED: "grey",
};

const byId = (id) => document.getElementById(id);
const money = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat("en");

let caller;
let products = [];
let selected = Number(location.hash.match(/^#order-(\d+)$/)?.[1]) || null;

// ---- drawing: text only ever goes in as text, never as HTML ----

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") made.addEventListener("click", value);
    else if (key === "tone") made.style.setProperty("--tone", `var(--${value})`);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// Keeps the keyboard focus on a control that is drawn anew.
function redraw(parent, children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  parent.replaceChildren(...children);
  if (focused) parent.querySelector(`[data-key="${focused}"]`)?.focus();
}

function drawCounts(orders) {
  redraw(byId("counts"), Object.entries(STATUSES).map(([status, [label, tone]]) =>
    element("dl", { class: "count", tone },
      element("dt", {}, label), element("dd", {}, whole.format(orders[status] ?? 0)))));
}

function drawStock(stock) {
  redraw(byId("stock"), stock.map((product) =>
    element("li", {},
      element("div", {}, element("span", {}, product.name),
        element("span", {}, whole.format(product.onHand - product.reserved))),
      element("meter", { min: 0, max: product.received, value: product.onHand - product.reserved,
        "aria-label": `${product.name}: ${product.onHand - product.reserved} of ${product.received} available` }))));
}

function drawProducts(stock) {
  if (products.length === stock.length) return;
  products = stock;
  byId("place").elements.sku.replaceChildren(...stock.map((product) =>
    element("option", { value: product.sku }, `${product.name} · ${money.format(product.price)}`)));
  drawPrice();
}

function drawPrice() {
  const { sku, quantity } = byId("place").elements;
  const product = products.find((each) => each.sku === sku.value);
  byId("price").textContent = product ? `Total ${money.format(product.price * Number(quantity.value))}` : "";
}

function statusBadge(status) {
  const [label, tone] = STATUSES[status] ?? [status, "grey"];
  return element("span", { class: "badge", tone }, label);
}

function drawOrders(orders) {
  byId("empty").hidden = orders.length > 0;
  redraw(byId("orders"), orders.map((order) =>
    element("tr", order.id === selected ? { class: "selected" } : {},
      element("td", {}, element("button", { "data-key": `order-${order.id}`, onclick: (event) => select(order.id, event.target),
        "aria-label": `Show order ${order.id}` }, String(order.id))),
      element("td", {}, order.customer),
      element("td", {}, `${order.quantity} × ${order.sku}`),
      element("td", { class: "number" }, money.format(order.total)),
      element("td", {}, statusBadge(order.status), order.reason ? ` ${order.reason}` : ""))));
}

function drawCaller(asked) {
  caller = asked;
  byId("caller").textContent = `signed in as ${caller.name}`;
  if (caller.mayApprove) byId("approvals-who").textContent = "Waiting for your approval";
}

function drawApprovals(waiting, count) {
  byId("approvals").hidden = waiting.length === 0;
  byId("approvals-count").textContent = whole.format(count);
  redraw(byId("approvals-list"), waiting.map((order) =>
    element("li", {},
      element("span", {}, `Order ${order.id} · ${order.customer} · ${order.quantity} × ${order.sku} · ${money.format(order.total)}`),
      caller.mayApprove ? decisions(order) : "")));
}

function decisions(order) {
  return element("span", { class: "actions" },
    element("button", { "data-key": `approve-${order.id}`, "aria-label": `Approve order ${order.id}`,
      onclick: (event) => decide(order.id, true, event.target) }, "Approve"),
    element("button", { "data-key": `refuse-${order.id}`, "aria-label": `Refuse order ${order.id}`, class: "quiet",
      onclick: (event) => decide(order.id, false, event.target) }, "Refuse"));
}

function drawDetails({ order, chains }) {
  byId("details").hidden = false;
  byId("details-title").textContent = `Order ${order.id}`;
  byId("details-order").replaceChildren(
    `${order.customer} · ${order.quantity} × ${order.sku} · ${money.format(order.total)} `, statusBadge(order.status),
    order.trackingId ? ` ${order.trackingId}` : "", order.reason ? ` ${order.reason}` : "");
  byId("details-chains").replaceChildren(...chains.map((chain) =>
    element("div", { class: "chain" },
      element("h3", {}, `Chain ${chain.type} · ${chain.status.toLowerCase()}`),
      element("ol", { class: "steps" }, ...chain.jobs.map(drawJob)))));
}

function drawJob(job) {
  const state = job.scheduled ? `scheduled for ${new Date(job.scheduledAt).toLocaleTimeString()}` : job.status.toLowerCase();
  const attempts = job.attempt === 0 ? "" : job.attempt === 1 ? "1 attempt" : `${job.attempt} attempts`;
  const failures = job.failures === 0 ? "" : job.failures === 1 ? ", 1 failed" : `, ${job.failures} failed`;
  return element("li", { tone: JOB_TONES[job.status] ?? "grey" },
    element("strong", {}, job.type),
    element("span", { class: "state" }, state),
    element("span", {}, attempts + failures),
    ...(job.lastError ? [element("span", {}, `last error: ${job.lastError}`)] : []));
}

function tell(text, problem) {
  const message = byId("message");
  message.hidden = false;
  message.className = problem ? "message wrong" : "message";
  message.replaceChildren(text);
  if (problem?.errors?.length) {
    message.append(element("ul", {}, ...problem.errors.slice(0, 10).map((error) =>
      element("li", {}, `${error.where}: ${error.problem}`))));
  }
}

// ---- asking ----

class Refused extends Error {
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

async function ask(path, options) {
  const answer = await fetch(`api/${path}`, options);
  const body = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : undefined;
  if (!answer.ok) throw new Refused(body ?? { detail: `${answer.status} ${answer.statusText}` });
  return body;
}

const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

async function attempt(button, action) {
  button.disabled = true;
  try {
    await action();
  } catch (error) {
    tell(error.message, error.problem ?? {});
  } finally {
    button.disabled = false;
  }
}

async function refresh() {
  if (!caller) drawCaller(await ask("caller"));
  const filter = byId("filter").value;
  const [summary, orders, waiting, details] = await Promise.all([
    ask("orders/summary"),
    ask(`orders?limit=15${filter ? `&status=${filter}` : ""}`),
    ask("orders?limit=5&status=AWAITING_APPROVAL"),
    selected === null ? undefined : ask(`orders/${selected}`).catch(unselect),
  ]);
  drawCounts(summary.orders);
  drawStock(summary.stock);
  drawProducts(summary.stock);
  drawOrders(orders);
  drawApprovals(waiting, summary.orders.AWAITING_APPROVAL);
  if (details && details.order.id === selected) drawDetails(details);
  return summary.moving;
}

async function poll() {
  const connection = byId("connection");
  try {
    const moving = await refresh();
    connection.className = "connection up";
    connection.textContent = moving === 0 ? "nothing moves" : `${whole.format(moving)} orders moving`;
  } catch (error) {
    connection.className = "connection down";
    connection.textContent = "the server does not answer; trying again";
  } finally {
    setTimeout(poll, POLL_MILLIS);
  }
}

// ---- acting ----

function remember(id) {
  selected = id;
  history.replaceState(null, "", id === null ? location.pathname : `#order-${id}`);
  byId("details").hidden = id === null;
}

function unselect(error) {
  if (!(error instanceof Refused)) throw error;
  remember(null);
  tell(error.message, error.problem);
}

const select = (id, button) => attempt(button, async () => {
  remember(id);
  await refresh();
  byId("details-title").focus();
});

const decide = (id, approved, button) => attempt(button, async () => {
  await post(`orders/${id}/approval`, { approved });
  tell(`Order ${id} is ${approved ? "approved" : "refused"}.`);
  await refresh();
});

async function importOrders(csv) {
  tell("Importing …");
  const started = performance.now();
  const result = await ask("orders/import", {
    method: "POST",
    headers: { "Content-Type": "text/csv", "Idempotency-Key": crypto.randomUUID() },
    body: csv,
  });
  tell(`${whole.format(result.orders)} orders were taken in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

byId("place").addEventListener("input", drawPrice);
byId("place").addEventListener("submit", (event) => {
  event.preventDefault();
  const { customer, sku, quantity } = event.target.elements;
  attempt(event.submitter ?? event.target.querySelector("button"), async () => {
    const order = await post("orders", { customer: customer.value, sku: sku.value, quantity: Number(quantity.value) });
    remember(order.id);
    tell(`Order ${order.id} is placed.`);
  });
});
byId("import-sample").addEventListener("click", (event) =>
  attempt(event.target, async () => importOrders(await (await fetch("orders-10000.csv")).blob())));
byId("import-file").addEventListener("change", (event) => {
  const [file] = event.target.files;
  if (file) attempt(event.target, () => importOrders(file)).then(() => { event.target.value = ""; });
});
byId("details-close").addEventListener("click", () => remember(null));
byId("audit").addEventListener("click", (event) =>
  attempt(event.target, async () => {
    const report = await ask("orders/audit");
    byId("audit-result").textContent = Object.entries(report).map(([name, value]) =>
      `${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}: ${whole.format(value)}`).join(" · ");
  }));
byId("filter").append(...Object.entries(STATUSES).map(([status, [label]]) => element("option", { value: status }, label)));
byId("filter").addEventListener("change", (event) => attempt(event.target, refresh));

poll();
