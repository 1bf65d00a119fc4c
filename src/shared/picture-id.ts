/** Names a picture of the work for as long as this page remembers it. */
export type PictureId = string;
