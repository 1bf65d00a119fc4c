/** Licence texts of what the packages carry, as they are. */
type Licences = { readonly faceApiLicence: string; readonly humanLicence: string; readonly apacheLicence: string };

/** Text that travels with the models: what they were made from, what reads them, and under which licences. */
export const notice = ({ faceApiLicence, humanLicence, apacheLicence }: Licences): string =>
  `Third-party notices for the face detector

1. Network weights
ssd.onnx and landmarks68.onnx beside this notice are the weights of the SSD MobileNetV1 face detector and of the
68-point face landmark network of @vladmandic/face-api (https://github.com/vladmandic/face-api), which continues
face-api.js (https://github.com/justadudewhohacks/face-api.js, MIT License, Copyright (c) 2018 Vincent Mühler). They
were written in another file format; the numbers are unchanged. Their licence:

${faceApiLicence.trim()}

facemesh.onnx is the part of MediaPipe's FaceMesh (https://github.com/google/mediapipe, Copyright The MediaPipe
Authors, Apache License 2.0) that says whether a picture shows a face, from the weights that @vladmandic/human
(https://github.com/vladmandic/human) carries. Changes: it was written in another file format, with numbers of 32 bits
instead of 16, and without the layers that tell the points of a face. The licence of the package and that of MediaPipe:

${humanLicence.trim()}

${apacheLicence.trim()}

2. Runtime
The detector runs them with ONNX Runtime (https://github.com/microsoft/onnxruntime), packages onnxruntime-node and
onnxruntime-common, under the MIT License:

MIT License

Copyright (c) Microsoft Corporation

${MIT_TERMS}
`;

const MIT_TERMS = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;
