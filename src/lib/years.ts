// Every date has a year in this range, on the device and on the server: any other was mistyped, like 0026.
export const firstYear = 1900;
export const lastYear = 2199;
