// What a picture shows, by its pixels alone: its commonest colour, how much of it is something
// else, how many colours there are, the longest run of empty rows, and how much of its right edge
// is unlike what stands just before it, as where something is cut. `source` is a data: address.
async (source) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const [w, h] = [image.naturalWidth, image.naturalHeight];
  const canvas = new OffscreenCanvas(w, h).getContext("2d", { willReadFrequently: true });
  canvas.drawImage(image, 0, 0);
  const pixels = new Uint32Array(canvas.getImageData(0, 0, w, h).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) || 0) + 1);
  const [paper, most] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best));
  let [run, longest, edge] = [0, 0, 0];
  for (let y = 0; y < h; y++) {
    let empty = true;
    for (let x = 0; x < w && empty; x++) empty = pixels[y * w + x] === paper;
    run = empty ? run + 1 : 0;
    longest = Math.max(longest, run);
    edge += pixels[y * w + w - 1] !== pixels[y * w + w - 12];
  }
  const rgb = [paper & 255, (paper >> 8) & 255, (paper >> 16) & 255];
  return { width: w, height: h, paper: rgb, ink: 1 - most / pixels.length, colours: counts.size,
    gap: longest, edge: edge / h };
}
