import { resourceTests } from "../support/resource.js";
import { TAG } from "./samples.js";

resourceTests(TAG);
