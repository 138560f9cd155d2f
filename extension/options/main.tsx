document.body.textContent = chrome.runtime.id;
