/** How much smaller than it is a picture is sent. */

/** Nothing where nothing is sent yet; what is sent later is whole until it is asked for again. */
export async function scaleSent(sender: RTCRtpSender | undefined, by: number): Promise<void> {
  const parameters = sender?.getParameters();
  const [encoding] = parameters?.encodings ?? [];
  if (!sender || !parameters || !encoding || (encoding.scaleResolutionDownBy ?? 1) === by) return;
  encoding.scaleResolutionDownBy = by;
  await sender.setParameters(parameters).catch(() => undefined); // a negotiation came between: the next second asks again
}
