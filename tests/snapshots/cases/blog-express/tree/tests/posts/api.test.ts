import { resourceTests } from "../support/resource.js";
import { POST } from "./samples.js";

resourceTests(POST);
