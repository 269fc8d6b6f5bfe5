// Goes before the script of a part that tells Python something by itself: it waits until the page has been drawn to its end. Told in the
// middle, widgets whose values were on their way to the browser would be drawn anew without them.
const PAUSE = 100; // milliseconds
const drawn = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";
const whenDrawn = (act) => setTimeout(() => (drawn() ? act() : whenDrawn(act)), PAUSE);
