/* Says in words when the browser could not use a key or passkey; django-allauth's script tells it by an event. */
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const note = document.querySelector('[data-key-failed]')
  if (note) {
    note.hidden = false
    note.focus()
  }
})
