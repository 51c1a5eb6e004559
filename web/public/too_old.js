// Runs only in browsers that know no modules and so run nothing else of the page.
document.querySelector('.start-message').textContent =
  'This browser is too old for synthgen: it knows no JavaScript modules.';
