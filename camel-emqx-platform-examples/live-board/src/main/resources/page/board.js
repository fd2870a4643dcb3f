// What a stream of events says, on the page. Whatever comes from clients is set as text, never as HTML.
'use strict';

const SILENCE = 10000; // the board says something each second: longer than this and the stream is dead
const EVENTS = 50;
const SAMPLES = 60;

const at = id => document.getElementById(id);
const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const rate = new Intl.NumberFormat('en', {maximumFractionDigits: 1});
const clock = new Intl.DateTimeFormat('en', {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});
const rows = new Map(); // by the board's number
let listed = 500;
let counts = {connected: 0, unreachable: 0};
let samples = [];
let stream = null;
let heard = 0;
let streamLost = true;
let watches = {};

function element(name, text, style) {
  const made = document.createElement(name);
  made.textContent = text;
  if (style) {
    made.className = style;
  }
  return made;
}

function time(iso) {
  const moment = new Date(iso);
  const made = element('time', Number.isNaN(moment.getTime()) ? '' : clock.format(moment));
  made.dateTime = iso;
  return made;
}

function cell(content) {
  const made = document.createElement('td');
  made.append(content);
  return made;
}

function showRow(row, fresh) {
  const line = document.createElement('tr');
  line.append(
      cell(element('bdi', row.client)),
      cell(element('span', row.state, 'state ' + (row.state === 'connected' ? 'connected' : 'unreachable'))),
      cell(element('bdi', row.username)),
      cell(element('bdi', row.address)),
      cell(element('bdi', row.node)),
      cell(time(row.since)));
  if (fresh) {
    line.className = 'fresh';
  }
  removeRow(row.number);
  rows.set(row.number, line);
  at('clients').prepend(line);
  if (rows.size > listed) {
    removeRow(rows.keys().next().value); // the one that changed first
  }
}

function removeRow(number) {
  const line = rows.get(number);
  if (line) {
    line.remove();
    rows.delete(number);
  }
}

const KINDS = {connected: 'come', reconnected: 'come', disconnected: 'go', deleted: 'go', unreachable: 'go'};

function showEvent(event) {
  const line = document.createElement('li');
  line.append(
      time(event.at),
      element('span', event.type, 'kind ' + (KINDS[event.type] || '')),
      element('bdi', event.client));
  const list = at('events');
  list.prepend(line);
  if (list.children.length > EVENTS) {
    list.lastElementChild.remove();
  }
}

function showCounts(now) {
  counts = now;
  at('connected').textContent = whole.format(counts.connected);
  at('unreachable').textContent = whole.format(counts.unreachable);
  const all = counts.connected + counts.unreachable;
  at('more').hidden = all <= rows.size;
  at('more').textContent = 'The ' + whole.format(rows.size) + ' that changed last, of ' + whole.format(all) + '.';
}

function showSamples() {
  const last = samples[samples.length - 1];
  if (!last) {
    return;
  }
  const minuteAgo = new Date(last.at).getTime() - 60000;
  const connects = samples
      .filter(sample => new Date(sample.at).getTime() > minuteAgo)
      .reduce((sum, sample) => sum + sample.connects, 0);
  at('connects').textContent = whole.format(connects);
  draw('line-connects', samples.map(sample => sample.connects));
  for (const name of ['received', 'sent', 'dropped']) {
    at(name).textContent = rate.format(last[name]);
    draw('line-' + name, samples.map(sample => sample[name]));
  }
}

function draw(id, values) {
  const most = Math.max(1, ...values);
  const step = 120 / (SAMPLES - 1);
  const first = SAMPLES - values.length;
  at(id).firstElementChild.setAttribute('points', values
      .map((value, index) => ((first + index) * step).toFixed(1) + ',' + (27 - 26 * value / most).toFixed(1))
      .join(' '));
}

function light(id, name, state, word) {
  const lamp = at(id);
  const text = name + ': ' + word;
  if (lamp.textContent !== text) { // else it would be read out each second
    lamp.textContent = text;
    lamp.className = 'light ' + state;
  }
}

function showState() {
  light('stream', 'Stream', streamLost ? 'down' : 'up', streamLost ? 'lost, connecting' : 'live');
  const troubles = streamLost ? ['The stream is down: what is shown is old. Trying again.'] : [];
  for (const [name, title] of [['clients', 'Clients'], ['metrics', 'Metrics']]) {
    const watch = watches[name] || {state: 'starting'};
    const state = streamLost ? 'waiting' : {up: 'up', down: 'down'}[watch.state] || 'waiting';
    light('watch-' + name, title, state, streamLost ? 'unknown' : watch.state);
    if (!streamLost && watch.state === 'down') {
      troubles.push('The watch of ' + name + ' is down: ' + watch.detail);
    }
  }
  const trouble = at('trouble');
  const text = troubles.join(' ');
  if (trouble.textContent !== text) {
    trouble.textContent = text;
    trouble.hidden = text === '';
  }
}

const HANDLERS = {
  snapshot(state) {
    listed = state.listed;
    rows.clear();
    at('clients').replaceChildren();
    at('events').setAttribute('aria-busy', 'true');
    at('events').replaceChildren();
    state.clients.forEach(row => showRow(row, false));
    state.events.forEach(showEvent);
    at('events').removeAttribute('aria-busy');
    samples = state.samples;
    watches = state.watches;
    streamLost = false;
    showCounts({connected: state.connected, unreachable: state.unreachable});
    showSamples();
    showState();
  },
  client(change) {
    if (change.row) {
      showRow(change.row, true);
    } else if (change.gone) {
      removeRow(change.gone);
    }
    showEvent(change.event);
    showCounts({connected: change.connected, unreachable: change.unreachable});
  },
  sample(sample) {
    samples.push(sample);
    samples = samples.slice(-SAMPLES);
    showSamples();
  },
  watches(now) {
    watches = now;
    showState();
  },
};

function open() {
  heard = Date.now();
  stream = new EventSource('/events');
  for (const [name, handle] of Object.entries(HANDLERS)) {
    stream.addEventListener(name, event => {
      heard = Date.now();
      handle(JSON.parse(event.data));
    });
  }
  stream.addEventListener('error', () => {
    streamLost = true;
    showState();
  });
}

// a browser gives up when it is refused, and does not notice a connection that says nothing any more
setInterval(() => {
  const silent = Date.now() - heard > SILENCE;
  if (stream.readyState === EventSource.CLOSED || silent) {
    streamLost = true;
    showState();
    stream.close();
    open();
  }
}, 2000);

open();
