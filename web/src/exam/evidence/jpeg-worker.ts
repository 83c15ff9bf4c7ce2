// Makes a small JPEG of a picture, off the page's own thread: no keystroke ever waits for it.
export interface JpegOrder {
  id: number
  bitmap: ImageBitmap
  maxBytes: number
}
export interface JpegDone {
  id: number
  blob: Blob | null
}

const QUALITIES = [0.8, 0.65, 0.5, 0.35]
const WIDTHS = [640, 480, 320]

const room = self as unknown as {
  onmessage: ((event: MessageEvent<JpegOrder>) => void) | null
  postMessage(done: JpegDone): void
}

room.onmessage = async ({ data: { id, bitmap, maxBytes } }) => {
  let blob: Blob | null = null
  try {
    blob = await smallJpeg(bitmap, maxBytes)
  } finally {
    bitmap.close()
    room.postMessage({ id, blob })
  }
}

async function smallJpeg(bitmap: ImageBitmap, maxBytes: number): Promise<Blob | null> {
  let smallest: Blob | null = null
  for (const width of WIDTHS) {
    const scale = Math.min(1, width / bitmap.width)
    const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale))
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    for (const quality of QUALITIES) {
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality })
      if (blob.size <= maxBytes) return blob
      if (!smallest || blob.size < smallest.size) smallest = blob
    }
  }
  return smallest
}
