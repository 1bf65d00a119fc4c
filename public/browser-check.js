// What a browser shows that is too old for the page, instead of nothing at all. In the language of old browsers, because
// they cannot read anything else here. Where the page starts after all, it takes this sentence's place.
(() => {
  // Each came with about the oldest version that is tried: Firefox 128 the first, Safari 17.4 and Chrome 120 the others.
  var isNewEnough =
    'noModule' in document.createElement('script') &&
    'CSSPropertyRule' in window &&
    typeof Promise.withResolvers === 'function' &&
    typeof AbortSignal === 'function' &&
    typeof AbortSignal.any === 'function';
  var root = document.getElementById('root');
  if (isNewEnough || root === null) return;
  var sentence = document.createElement('p');
  sentence.setAttribute('role', 'alert');
  sentence.textContent =
    'Facebound needs a newer browser: Chrome or Edge 120, Firefox 128, Safari 17.4, or anything later. ' +
    'Update this one, or open the page in another.';
  // One property at a time: our own security policy stops a style attribute in HTML.
  sentence.style.maxWidth = '30em';
  sentence.style.margin = '20vh auto';
  sentence.style.padding = '0 1.5em';
  sentence.style.font = '1.0625rem/1.5 sans-serif';
  root.appendChild(sentence);
})();
