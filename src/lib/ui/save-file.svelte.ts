/** A file that became ready too long after the tap that asked for it, so the share sheet cannot open. */
class WaitingFile {
  current = $state.raw<File>();
}

/** The file that waits for one more tap. `ShareFile.svelte` offers it. */
export const waitingFile = new WaitingFile();

/**
 * Gives a file to the person. Nearly everywhere this is a download. In an app on the home screen of an iPad or iPhone,
 * a download opens a preview that covers the app and has no way back, so the file goes to the share sheet, which can
 * store it too.
 */
export function saveFile(file: File): void {
  if (!trapsDownloads() || !navigator.canShare?.({ files: [file] })) return download(file);
  share(file, (cause) => {
    // Safari opens the sheet only for a few seconds after a tap, and only one sheet at a time.
    if (cause === 'NotAllowedError' || cause === 'InvalidStateError') waitingFile.current = file;
    else download(file);
  });
}

/** Opens the share sheet for the waiting file. Call it from a tap. */
export function shareWaitingFile(): void {
  const file = waitingFile.current;
  waitingFile.current = undefined;
  if (file) share(file, () => download(file));
}

/**
 * Only an app on the home screen of an Apple device says this itself. On a Mac, such an app downloads like a browser.
 */
const trapsDownloads = () =>
  (navigator as { standalone?: boolean }).standalone === true && navigator.maxTouchPoints > 1;

/** This is not awaited, because the promise may stay open after the sheet was closed. */
function share(file: File, onfail: (cause: string) => void): void {
  navigator.share({ files: [file] }).catch((cause: unknown) => {
    const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
    // Closing the sheet is an answer.
    if (name !== 'AbortError') onfail(name);
  });
}

function download(file: File): void {
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: url, download: file.name }).click();
  // Some browsers read the file only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
